diesel::table! {
    ticket (id) {
        id -> Integer,
        title -> Text,
        note -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table ticket {
        id: identity;
    }
}

diesel::table! {
    visit (id) {
        id -> Integer,
        email -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table visit {
        id: identity;
        unique (email);
    }
}

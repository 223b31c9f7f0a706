diesel::table! {
    session (id) {
        id -> Integer,
        plan -> Nullable<Text>,
        title -> Text,
    }
}

glowplug::ddl! {
    table session {
        index a (plan);
        index b (title);
    }
}

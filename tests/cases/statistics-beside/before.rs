diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Nullable<Text>,
    }
}

diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

glowplug::ddl! {
    table session {
        index (plan);
    }

    table org {
        index (name);
    }
}

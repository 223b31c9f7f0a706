diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

glowplug::ddl! {
    table org {
        unique (name);
    }
}

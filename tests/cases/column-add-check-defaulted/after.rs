diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        retries -> Integer,
    }
}

glowplug::ddl! {
    table session {
        retries: default "1";
        check "retries > 0";
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        status -> Text,
        retries -> Integer,
        ratio -> Double,
    }
}

glowplug::ddl! {
    table session {
        status: default "'pending'";
        retries: default "0";
        ratio: default "-1.5";
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        retries -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table session {
        check retries_positive "retries > 0";
    }
}

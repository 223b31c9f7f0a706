diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        n -> Integer,
        at -> Timestamp,
    }
}

glowplug::ddl! {
    table session {
        title: default "'a  b'";
        n: default "1";
        at: default "current_timestamp";
    }
}

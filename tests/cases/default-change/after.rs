diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        n -> Integer,
    }
}

glowplug::ddl! {
    table session {
        title: default "'b, (c)'";
        n: default "1";
    }
}

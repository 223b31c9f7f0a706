diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Mood;

    diary (id) {
        id -> Integer,
        felt -> Mood,
    }
}

glowplug::ddl! {
    table diary {
        felt: default "'ok'";
    }
}

glowplug::ddl! {
    enum mood ("sad", "ok");
}

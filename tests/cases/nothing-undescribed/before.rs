diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        title: default "'x'";
        index session_plan (plan);
        unique (title);
        check "title <> ''";
    }
}

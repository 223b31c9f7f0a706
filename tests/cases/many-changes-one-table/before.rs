diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        plan -> Nullable<Text>,
        old -> Nullable<Text>,
        score -> Text,
    }
}

glowplug::ddl! {
    table session {
        index session_plan (plan);
        check "title <> ''";
    }
}

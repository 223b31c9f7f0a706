diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        index session_plan (plan) where "plan IS NOT NULL";
        index session_expr ("lower(plan)", title desc);
        unique (plan, title);
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        index session_plan (plan) where { sqlite "plan IS NOT NULL", postgres "plan IS NOT NULL" };
        index session_expr ({ sqlite "lower(plan)", postgres "lower(plan)" }, title desc);
        unique (plan, title);
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        check plan_short "length(plan) < 100";
    }
}

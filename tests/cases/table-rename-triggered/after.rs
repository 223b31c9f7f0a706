diesel::table! {
    visit (id) {
        id -> Integer,
        email -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table visit {
        index session_plan (plan);
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Text,
    }
}

glowplug::ddl! {
    table session {}

    view renamed "WITH \"renamed\" (number, plan) AS (SELECT id, plan FROM session) SELECT * FROM \"renamed\"";
}

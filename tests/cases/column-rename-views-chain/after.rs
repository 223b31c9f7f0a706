diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        tariff -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {}
}

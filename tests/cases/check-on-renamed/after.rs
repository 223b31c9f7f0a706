diesel::table! {
    session (id) {
        id -> Integer,
        mail -> Text,
        tariff -> Text,
    }
}

glowplug::ddl! {
    table session {
        check short "length(mail) < 99 AND tariff <> mail";
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
    }
}

glowplug::ddl! {
    table session {
        id: comment "the number";
        title: comment "it's";
        comment "what the agent works on";
    }
}

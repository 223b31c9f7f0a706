diesel::table! {
    session (id) {
        id -> Integer,
        mail -> Text,
        plan -> Text,
    }
}

glowplug::ddl! {
    table session {
        mail: not null named email_there on conflict ignore;
        unique (mail) on conflict replace;
    }
}

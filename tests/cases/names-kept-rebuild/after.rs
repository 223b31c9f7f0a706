diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Text,
    }
}

glowplug::ddl! {
    table session {
        primary key the_key (id);
        email: not null named email_there, default "''" named email_empty, collate "NOCASE" named email_case;
        check plan_known "plan <> ''";
        check twin "length(email) < 99";
        unique twin (email, plan);
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        primary key session_key (id) on conflict ignore;
        email: not null named there on conflict replace, default "''" named empty, collate "NOCASE" named any_case;
        unique once (email collate "BINARY", plan desc) on conflict fail;
        check "plan <> ''" on conflict rollback;
    }
}

diesel::table! {
    code (key) {
        key -> Text,
        label -> Nullable<Text>,
    }
}

diesel::table! {
    entry (id) {
        id -> Integer,
        key -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table code {
        without rowid;
        unique (label);
    }

    table entry {
        foreign key (key) references code (key) on delete cascade;
    }
}

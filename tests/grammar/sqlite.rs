//! What only SQLite knows.

diesel::table! {
    item (id) {
        id -> Integer,
        code -> Text,
        label -> Text,
        note -> Nullable<Text>,
        quantity -> Integer,
        twice -> Integer,
    }
}

diesel::table! {
    place (region, number) { region -> Text, number -> Integer }
}

glowplug::ddl! {
    table item {
        primary key (id desc) on conflict replace;
        code: not null named code_there on conflict ignore, collate "NOCASE" named code_any_case;
        label: not null on conflict rollback, default "''" named "label empty";
        note: default { sqlite "'none'", postgres "'no note'" } named note_usual;
        quantity: not null named "quantity there";
        twice: generated "quantity * 2" virtual named computed;
        unique (code desc, label collate "RTRIM") on conflict fail;
        unique once (label asc, label collate { sqlite "NOCASE" } desc,) on conflict abort;
        unique "odd name" (code collate "BINARY", quantity);
        check "quantity > 0" on conflict fail;
        check positive { sqlite "quantity > 1" } on conflict rollback;
    }

    table place {
        primary key "place key" (region collate "NOCASE", number desc) on conflict ignore;
        unique on (number) on conflict replace;
    }
}

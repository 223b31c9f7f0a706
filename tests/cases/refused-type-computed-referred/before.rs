diesel::table! {
    session (id) {
        id -> Integer,
        n -> Integer,
        twice -> Integer,
    }
}

diesel::table! {
    part (id) {
        id -> Integer,
        twice -> Integer,
    }
}

glowplug::ddl! {
    table session {
        twice: generated "n * 2" stored;
        unique (twice);
    }
    table part {
        foreign key (twice) references session (twice);
    }
}

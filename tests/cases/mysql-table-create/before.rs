diesel::table! {
    org (id) {
        id -> Unsigned<Integer>,
        name -> Varchar,
    }
}

glowplug::ddl! {
    table org {
        unique (name);
        comment "who pays";
    }
}

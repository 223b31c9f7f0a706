diesel::table! {
    item (id) {
        id -> Integer,
        name -> Varchar,
        code -> Varchar,
    }
}

glowplug::ddl! {
    table item {
        name: default "concat('a', 'b\\\\c')";
        code: default "uuid()";
    }
}

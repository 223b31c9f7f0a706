diesel::table! {
    item (id) {
        id -> Integer,
        a -> Nullable<Integer>,
        b -> Nullable<Unsigned<Integer>>,
        c -> Nullable<Unsigned<SmallInt>>,
        d -> Nullable<Binary>,
        e -> Nullable<Binary>,
        f -> Nullable<Text>,
        g -> Nullable<Time>,
        h -> TinyInt,
        i -> Nullable<Unsigned<Numeric>>,
        j -> Nullable<Float>,
    }
}

glowplug::ddl! {
    table item {
        a: type "mediumint";
        b: type "int(7) zerofill";
        c: type "year";
        d: type "bit(9)";
        e: type "varbinary(30)";
        f: type "inet6";
        g: type "time(6)";
        h: default "-1";
        i: type "decimal(10,3) unsigned";
    }
}

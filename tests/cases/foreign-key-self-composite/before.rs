diesel::table! {
    tree (a, b) {
        a -> Integer,
        b -> Integer,
        up_a -> Nullable<Integer>,
        up_b -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table tree {
        foreign key (up_a, up_b) references tree (a, b) deferrable initially deferred;
        without rowid;
    }
}

diesel::table! {
    item (id) {
        id -> Unsigned<BigInt>,
        n -> Unsigned<BigInt>,
    }
}

glowplug::ddl! {
    table item {
        n: default "7";
    }
}

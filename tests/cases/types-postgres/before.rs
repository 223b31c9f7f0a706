diesel::table! {
    thing (id) {
        id -> BigInt,
        tags -> Array<Nullable<Text>>,
        doc -> Nullable<Json>,
        mark -> Nullable<Uuid>,
        at -> Timestamptz,
    }
}

glowplug::ddl! {
    table thing {}
}

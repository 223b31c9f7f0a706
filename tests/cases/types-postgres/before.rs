diesel::table! {
    thing (id) {
        id -> BigInt,
        tags -> Array<Nullable<Text>>,
        doc -> Nullable<Json>,
        mark -> Nullable<Uuid>,
        at -> Timestamp,
    }
}

glowplug::ddl! {
    table thing {}
}

diesel::table! {
    thing (id) {
        id -> BigInt,
        tags -> Array<Nullable<Text>>,
        doc -> Nullable<Jsonb>,
        mark -> Uuid,
        at -> Timestamptz,
    }
}

glowplug::ddl! {
    table thing {
        mark: default "gen_random_uuid()";
        index thing_doc (doc) using gin;
        index (tags) using gin;
    }
}

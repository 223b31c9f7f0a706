//! What only PostgreSQL knows.

diesel::table! {
    place (id) { id -> Integer, region -> Text, number -> Integer }
}

diesel::table! {
    booking (id) {
        id -> Integer,
        region -> Nullable<Text>,
        number -> Nullable<Integer>,
        room -> Integer,
        during -> Text,
        note -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(place, booking);

glowplug::ddl! {
    domain email "text";
    /// What a person pays.
    domain audit.price {
        type "numeric(12,2)";
        not null;
        default "0";
        collate "C";
        check "VALUE >= 0";
        check sensible "VALUE < 1000000" not valid;
        check "odd name" "VALUE <> 13";
        comment "what it's worth";
    }
    domain "Odd" { type "text"; }
    composite address { street "text", "House No" "integer", zip "varchar(10)", }
    composite pair { comment "text" } { comment "of one"; }
    composite nothing {}
    range floatrange { subtype "float8", subtype_diff "float8mi", comment "from … to" }
    sequence counter;
    sequence audit.counter { start "5", increment "-1", cycle "true", data_type "integer", comment "; -- " };

    table place {
        primary key place_key (id) include (region, number) deferrable;
        unique (region) nulls not distinct;
        unique once (region, number,) include (id) deferrable initially deferred;
        unique "odd name" (number) deferrable initially immediate nulls not distinct include (id,);
        index (region) with "fillfactor = 70";
        unlogged;
        with "fillfactor = 80, toast.autovacuum_enabled = false";
        unique index apart (number) nulls not distinct with { postgres "fillfactor=50" } where "number > 1";
    }

    table booking {
        note: storage "external", compression "lz4";
        check "room > 0" no inherit;
        check positive "room > 1" not valid;
        check "odd" "room > 2" not valid no inherit;
        check { postgres "room > 3" } not valid;
        exclude "USING gist (room WITH =, during WITH &&)";
        exclude apart "USING btree (room WITH =) WHERE (room > 1)" deferrable;
        exclude "odd too" { postgres "USING hash (note WITH =)" } deferrable initially deferred;
        exclude "USING hash (note WITH =)" deferrable initially immediate;
        foreign key (region, number) references place (region, number) match full
            on delete set null (number) on update cascade not valid;
        foreign key place_number (number) references place (number)
            on delete set default (number) deferrable;
    }
}

//! Uniques, checks and keys.

diesel::table! {
    org (id) { id -> Integer, region -> Text, number -> Integer }
}

diesel::table! {
    member (org_region, org_number, id) {
        org_region -> Text,
        org_number -> Integer,
        id -> Integer,
        org_id -> Integer,
        boss_id -> Nullable<Integer>,
        actor_id -> Nullable<Integer>,
        email -> Text,
        status -> Text,
    }
}

diesel::table! {
    journal (line) { line -> Text }
}

diesel::joinable!(member -> org (org_id));
diesel::allow_tables_to_appear_in_same_query!(member, org);

glowplug::ddl! {
    table org {
        unique org_place (region, number);
        primary key "org key" (id);
    }

    table member {
        unique (email);
        unique "by \"mail\"" (email, status,);
        check "length(email) > 3";
        check status_known "status IN ('a', 'b')";
        check "odd name" "org_number > 0";
        check { sqlite "email GLOB '*@*'", postgres "email ~ '@'" };
        check only_postgres { postgres "email ~ '@'" };
        foreign key (org_id) references org (id);
        foreign key member_place (org_region, org_number) references org (region, number)
            on delete cascade on update restrict;
        foreign key "odd key" (boss_id) references member (id)
            on update set default on delete set null deferrable initially deferred;
        foreign key (actor_id) references "audit"."actor" ("id") on delete no action deferrable;
        foreign key (status) references "status" ("name") deferrable initially immediate;
        primary key member_key (org_region, org_number, id);
    }

    table journal { no primary key; }
}

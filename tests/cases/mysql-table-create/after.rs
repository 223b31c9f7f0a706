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

diesel::table! {
    bill (id) {
        id -> Unsigned<BigInt>,
        org_id -> Unsigned<Integer>,
        sum -> Numeric,
        paid -> Bool,
        at -> Datetime,
        note -> Nullable<Mediumtext>,
        raw -> Nullable<Json>,
        kind -> Varchar,
    }
}

glowplug::ddl! {
    table bill {
        org_id: comment "it's theirs; a \\ b";
        sum: type "decimal(12,2) unsigned";
        paid: default "false";
        at: type "datetime(3) on update current_timestamp(3)", default "current_timestamp(3)";
        kind: type "enum('big','small')", default "'small'";
        index bill_at (at desc, sum);
        index bill_note (note) using fulltext;
        check sum_positive "sum > 0";
        foreign key (org_id) references org (id) on delete cascade on update cascade;
        options { row_format "compact", collate "utf8mb4_bin" };
        comment "what is owed";
    }
}

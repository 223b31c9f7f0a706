diesel::table! {
    session (id) {
        id -> Integer,
        n -> Integer,
        m -> Integer,
        twice -> Nullable<Integer>,
        sum -> Nullable<BigInt>,
    }
}

glowplug::ddl! {
    table session {
        twice: generated "n * 2" stored, comment "two of them";
        sum: generated "n + m" stored;
        unique session_twice (twice);
        check session_small "twice < 1000 AND n < 500";
        index session_sum (sum desc, m) where "twice > 0";
    }

    view doubled "SELECT id, twice FROM session WHERE sum > 0";
    materialized_view most "SELECT max(twice) AS twice FROM doubled" {
        unique index most_twice ("twice");
    }
}

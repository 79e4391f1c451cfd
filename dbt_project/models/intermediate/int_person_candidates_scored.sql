with
    traits as (select * from {{ ref("int_person_traits_spelled") }}),

    pairs as (select * from {{ ref("int_person_candidates_blocked") }}),

    -- Fellegi and Sunter's weights, in bits: what agrees says more the fewer have it; what differs
    -- speaks against.
    weighed as (
        select
            pairs.person_id,
            pairs.other_person_id,
            case
                when one.trait = other.trait
                then ln(0.8 / one.share) / ln(2)
                when
                    levenshtein(one.trait, other.trait) <= 1
                    or {{ text_similarity("one.trait", "other.trait") }} >= 0.92
                then 4.0
                when
                    levenshtein(one.trait, other.trait) <= 2
                    or {{ text_similarity("one.trait", "other.trait") }} >= 0.85
                then 2.0
                else -4.0
            end as weight
        from pairs
        inner join traits as one on pairs.person_id = one.person_id
        inner join
            traits as other on pairs.other_person_id = other.person_id and one.field = other.field
    ),

    -- The more people there are, the less likely any two are one.
    scored as (
        select
            person_id,
            other_person_id,
            sum(weight) - ln((select count(distinct traits.person_id) from traits)) / ln(2) as score
        from weighed
        group by person_id, other_person_id
    )

select person_id, other_person_id, score
from scored
where score >= -4

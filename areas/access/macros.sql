-- Conditions that many queries share, written once. tools/README.md tells how they are used.

-- macro: visible(a)
-- The one rule of what a reader may see of an article: it is published, and it is for everybody, or for members and the
-- reader is signed in, or for named units and the reader is in one of them or below it. Parameters: reach (0 anybody,
-- 1 signed in, 2 the newsroom, which sees all), reader person_id, now.
(a.state = 'published' and a.public_id is not null
 and (a.audience <= :reach
      or (a.audience = 2 and :reach = 1
          and exists (select 1
                        from revision_unit vru
                        join unit vu on vu.id = vru.unit_id
                        join membership vm on vm.person_id = :reader
                        join unit vmu on vmu.id = vm.unit_id
                       where vru.revision_id = a.public_id
                         and substr(vmu.path, 1, length(vu.path)) = vu.path
                         and coalesce(vm.valid_from, 0) <= :now
                         and coalesce(vm.valid_to, 9000000000000) > :now))))

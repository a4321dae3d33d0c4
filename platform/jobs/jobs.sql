-- The queue: rows that wait, run, are done or have failed.

-- name: job_add(kind text, key text, payload text, run_at int, now int) :exec
-- A key that still waits is not queued twice; one that is done waits again. The time of queueing always grows: what
-- comes while the job runs, be it in the same second, is seen by job_done.
insert into job (kind, key, payload, state, run_at, created_at)
values (:kind, :key, :payload, 'waiting', :run_at, :now)
on conflict (key) do update
   set payload = excluded.payload, run_at = excluded.run_at, error = null,
       attempts = case when job.state = 'waiting' then job.attempts else 0 end,
       state = case when job.state = 'running' then job.state else 'waiting' end,
       created_at = case when excluded.created_at > job.created_at then excluded.created_at else job.created_at + 1 end

-- name: job_due(now int) :one
-- A job whose runner died is due again when its lock has run out.
select j.id, j.kind, j.payload, j.attempts, j.created_at
  from job j
 where (j.state = 'waiting' and j.run_at <= :now) or (j.state = 'running' and j.locked_until <= :now)
 order by j.run_at, j.id
 limit 1

-- name: job_claim(id job_id, attempts int, locked_until int) :exec1
update job set state = 'running', locked_until = :locked_until, attempts = :attempts + 1
 where id = :id and attempts = :attempts

-- name: job_done(id job_id, created_at int, now int) :exec
-- Queued again while it ran: it runs once more.
update job
   set state = case when created_at > :created_at then 'waiting' else 'done' end, done_at = :now, error = null
 where id = :id

-- name: job_failed(id job_id, state text, run_at int, error text) :exec
update job set state = :state, run_at = :run_at, error = :error where id = :id

-- name: jobs_forget(before int) :exec
delete from job where state = 'done' and done_at < :before

-- name: jobs_waiting() :one
select count(*) as waiting /* int */, coalesce(sum(case when state = 'failed' then 1 else 0 end), 0) as failed /* int */
  from job
 where state in ('waiting', 'running', 'failed')

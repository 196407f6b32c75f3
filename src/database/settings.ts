import type { Address } from './embedded.ts'

/** The embedded server's settings, written anew at each start: modest in memory, strict about disks. */
export function serverSettings(address: Address, folder: string): string {
  const lines = {
    ...('port' in address
      ? { listen_addresses: "'127.0.0.1'", port: address.port, unix_socket_directories: "''" }
      : {
          listen_addresses: "''",
          port: 5432,
          unix_socket_directories: quoted(address.socketFolder),
          unix_socket_permissions: '0700',
        }),
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    max_connections: 60,
    shared_buffers: '64MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    effective_cache_size: '512MB',
    max_wal_size: '512MB',
    max_wal_senders: 0,
    wal_level: 'minimal',
    random_page_cost: 1.1,
    jit: 'off',
    io_method: 'sync',
    // Containers often have 64 MB of /dev/shm, which one parallel query can fill.
    max_parallel_workers_per_gather: 0,
    timezone: "'UTC'",
    log_timezone: "'UTC'",
    logging_collector: 'on',
    log_directory: "'log'",
    log_filename: "'%a.log'",
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_truncate_on_rotation: 'on',
    // Details of an error quote rows: addresses and what people wrote stay out of the log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    cluster_name: "'stet'",
  }
  const text = Object.entries(lines).map(([name, value]) => `${name} = ${value}`)
  return [`# Written by Stet at each start of ${folder.replaceAll('\n', ' ')}`, ...text, ''].join('\n')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

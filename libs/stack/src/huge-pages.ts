/**
 * Environment of a process that holds a country's queues: glibc asks for huge pages for its large tables, so that looking
 * at any of a million rows costs fewer looks at page tables (docs/performance.md). Other C libraries do not read it.
 */
export const hugePages = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' } as const;

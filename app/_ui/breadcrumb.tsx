import Link from 'next/link';

export interface Crumb {
  readonly label: string;
  /** Left out for the page itself. */
  readonly href?: string | undefined;
}

export const Breadcrumb = ({
  crumbs,
  className,
}: {
  readonly crumbs: readonly Crumb[];
  readonly className?: string;
}) => (
  <nav aria-label="Breadcrumb" className={className}>
    <ol className="flex flex-wrap items-center text-admin text-muted">
      {crumbs.map((crumb, index) => (
        <li key={crumb.label} className="flex items-center">
          {index > 0 && (
            <span aria-hidden="true" className="px-1.5">
              /
            </span>
          )}
          {crumb.href ? (
            <Link href={crumb.href} className="hover:text-ink hover:underline">
              {crumb.label}
            </Link>
          ) : (
            <span aria-current="page">{crumb.label}</span>
          )}
        </li>
      ))}
    </ol>
  </nav>
);

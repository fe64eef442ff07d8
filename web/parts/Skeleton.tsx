/** The ground of the first page while its data is on the way, as index.html shows it for the code. Seen after 300 ms. */
export function Skeleton() {
  return (
    <div className="skeleton" aria-hidden="true">
      <div />
      <div />
      <div />
    </div>
  )
}

/**
 * The page for addresses that lead nowhere. A server shows it under any of them, so nothing in it can be relative and it
 * needs nothing else of the site.
 */
export const NOT_FOUND = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>No such page | rdma-conformance</title>
<style>
  :root { color-scheme: light dark }
  body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }
</style>
</head>
<body>
<main>
<h1>No such page</h1>
<p>The site has no page at this address. If you followed a link on another site, it may be older than this one.</p>
</main>
</body>
</html>
`;

/** The file of a bundle with the rows of a query, of all Regions; there are more of it for more rows than a spreadsheet program opens. */
export function populationFile(account: string, query: string, number = 1): string {
  return `populations/${account}/${query.replaceAll('/', '_')}${number === 1 ? '' : `.${number}`}.csv`;
}

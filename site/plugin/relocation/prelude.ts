/** What the relocated site says about itself when a page is opened: where it is. Plain scripts, as text. */

/** Name of the function that puts the real place into a string. */
export const SITE = 'globalThis.__site';

/** Stands in for BASE and HOST inside the strings of relocated scripts. */
export const BASE_HERE = '/~/';
export const HOST_HERE = '~:';

/**
 * Put before the first script of the site (and of a worker), whose own address says where the site is. Defines
 * `__site(text)` for text as it is, `.json` for text that is parsed as JSON, and `.route` for patterns of the router, in
 * which `:`, `*` and parentheses mean something. The path is decoded as the router decodes the address of a page.
 *
 * The links of a page come relative from the server. The application expects them to be whole, and goes to other
 * pages without replacing those of the frame, so they are made whole before it starts.
 */
export function prelude(root: string): string {
  return `;(root=>{
const at=globalThis.document?.currentScript?.src??location.href;
const base=decodeURI(new URL(root,at).pathname);
const put=escaped=>text=>text.replaceAll(${JSON.stringify(HOST_HERE)},location.origin).replaceAll(${JSON.stringify(BASE_HERE)},()=>escaped);
globalThis.__site=Object.assign(put(base),{json:put(JSON.stringify(base).slice(1,-1)),route:put(base.replace(/[:*()\\\\]/g,"\\\\$&"))});
if(!globalThis.document)return;
for(const name of["href","src"])for(const element of document.querySelectorAll("a["+name+'^="."],img['+name+'^="."],link[rel~=icon]['+name+'^="."]')){
const{pathname,search,hash}=new URL(element.getAttribute(name),location.href);
element.setAttribute(name,decodeURI(pathname)+search+hash);
}
})(${JSON.stringify(root)});
`;
}

/**
 * First in the head of a page. A page has one address: with the slash at the end of its folder, without which relative
 * links would lead astray, and without the name of its file.
 */
export const SLASH =
  '{const{pathname:p,search:s,hash:h}=location;p.endsWith("/")||history.replaceState(null,"",p.replace(/\\/index\\.html$/,"")+"/"+s+h)}';

/** The token that proves a request comes from our own page; the cookie is newer than the page. */
export function csrfToken(): string {
  const cookie = /(?:^|;\s*)(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const input = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  return cookie ?? input?.value ?? "";
}

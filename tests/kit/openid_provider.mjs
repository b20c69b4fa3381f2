// Providers of OpenID Connect for tests: oidc-provider (certified by the OpenID Foundation) with our clients and invented people.
// One process runs one provider a line of the settings; it ends with its standard input. PKCE is demanded of every client.
//
// In, as JSON: { packages, site, providers: [{ port, client, secret, scopes, people: { name: claims }, levels, backChannel, takesForms }] }.
// Its page to sign in takes the name of a person; other buttons stop, fail, or answer with a level of choice.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const told = JSON.parse(process.argv[2]);
const found = createRequire(`${told.packages}/`).resolve("oidc-provider");
const { default: Provider, interactionPolicy } = await import(pathToFileURL(found));

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function page(title, content) {
  return `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>${title}</title></head><body><main><h1>${title}</h1>${content}</main></body></html>`;
}

async function fieldsOf(request) {
  let body = "";
  for await (const piece of request) body += piece;
  return Object.fromEntries(new URLSearchParams(body));
}

function provider(one) {
  const issuer = `http://127.0.0.1:${one.port}`;
  const closed = new Set();
  const asked = [];
  const claims = [...new Set(Object.values(one.people).flatMap((person) => Object.keys(person)))];
  const policy = interactionPolicy.base();
  policy.remove("consent"); // the organisation agreed for its people, as with a broker

  const made = new Provider(issuer, {
    clients: [{
      client_id: one.client, client_secret: one.secret, redirect_uris: [`${told.site}/inloggen/terug`],
      grant_types: ["authorization_code", "refresh_token"], response_types: ["code"],
      post_logout_redirect_uris: [`${told.site}/uitgelogd`],
      ...(one.backChannel === false ? {} : { backchannel_logout_uri: `${told.site}/inloggen/afgemeld`, backchannel_logout_session_required: true }),
    }],
    acrValues: one.levels,
    claims: { openid: ["sub", "loa", "acr", "amr", ...claims], profile: ["name"], sid: null, auth_time: null, iss: null },
    conformIdTokenClaims: false, // brokers tell all in the ID token
    scopes: ["openid", "profile", "email", "offline_access"],
    cookies: { names: { session: `op${one.port}`, interaction: `op${one.port}_i`, resume: `op${one.port}_r` }, keys: ["alleen-voor-proeven"],
      ...(one.takesForms ? { long: { httpOnly: true, sameSite: "none" } } : {}),
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          const button = '<button type="submit" form="op.logoutForm" name="logout" value="yes">Ja, log uit</button>';
          ctx.body = page("Uitloggen bij de inlogdienst", form + button);
        },
      },
    },
    enableHttpPostMethods: one.takesForms, // to sign out by a form; its cookies must then come along from another site
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    ttl: { AccessToken: 300, IdToken: 3600, RefreshToken: 3600, Session: 3600, Grant: 3600, Interaction: 600, AuthorizationCode: 60 },
    interactions: { policy, url: (_, interaction) => `/aanmelden/${interaction.uid}` },
    fetch: (address, { dispatcher, ...options }) => fetch(address, options), // our site is on this same machine, which it would refuse
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope("openid profile email offline_access");
      await grant.save();
      return grant;
    },
    async findAccount(ctx, name) {
      if (closed.has(name) || !(name in one.people)) return undefined;
      const level = ctx.oidc.entities.AuthorizationCode?.acr ?? ctx.oidc.entities.RefreshToken?.acr;
      return { accountId: name, claims: async () => ({ sub: name, ...one.people[name], ...(level ? { loa: level } : {}) }) };
    },
  });
  made.on("server_error", (_, error) => console.error(error));

  async function signIn(request, answer) {
    const { uid, params } = await made.interactionDetails(request, answer);
    if (request.method !== "POST") {
      asked.push({ acr_values: params.acr_values ?? "", scope: params.scope, prompt: params.prompt ?? "", max_age: params.max_age ?? "" });
      const choices = ["eigen", ...one.levels].map((level) => `<option>${escaped(level)}</option>`).join("");
      answer.setHeader("content-type", "text/html");
      answer.end(page("Inlogdienst van de proef", `<form method="post" action="/aanmelden/${uid}">
        <p><label>Naam <input name="name" autocomplete="off"></label> <label>Niveau <select name="level">${choices}</select></label></p>
        <p><button name="how" value="in">Inloggen</button> <button name="how" value="stop">Annuleren</button>
        <button name="how" value="failure">Storing</button></p></form>`));
      return;
    }
    const { name, level, how } = await fieldsOf(request);
    const errors = { stop: "access_denied", failure: "server_error" };
    if (how === "in" && (closed.has(name) || !(name in one.people))) {
      answer.statusCode = 403;
      answer.setHeader("content-type", "text/html");
      answer.end(page("Dit account is gesloten", ""));
      return;
    }
    const result = errors[how] ? { error: errors[how], error_description: how } : { login: { accountId: name, ...(level === "eigen" ? {} : { acr: level }), amr: ["pwd", "otp"] } };
    await made.interactionFinished(request, answer, result, { mergeWithLastSubmission: false });
  }

  const rest = made.callback();
  createServer(async (request, answer) => {
    const set = answer.setHeader.bind(answer);
    // a browser keeps what says "none" over https alone; here both sites are one to it
    const kept = (cookie) => cookie.replace(/samesite=none/i, "samesite=lax");
    answer.setHeader = (name, value) => set(name, name.toLowerCase() === "set-cookie" ? [value].flat().map(kept) : value);
    try {
      if (request.url.startsWith("/aanmelden/")) await signIn(request, answer);
      else if (request.url === "/proef/sluit") {
        closed.add((await fieldsOf(request)).name);
        answer.end();
      } else if (request.url === "/proef/gevraagd") answer.end(JSON.stringify(asked));
      else await rest(request, answer);
    } catch (error) {
      console.error(error);
      answer.statusCode = 500;
      answer.end();
    }
  }).listen(one.port, "127.0.0.1");
}

told.providers.forEach(provider);
process.stdin.resume().on("end", () => process.exit(0));

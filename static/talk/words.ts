// What the page behind a mail's link says, in four languages: small enough to travel whole.
const en = {
  title: "Your conversation",
  here: "It is open in the corner of this page. What you write there reaches the same people.",
  again: "Open the conversation",
  opening: "Opening your conversation",
  expiredTitle: "This link has expired",
  expired: "Links in our mails work for two weeks. Nothing is lost: open the chat on the page where you asked before, or write to us here and give the number of your ticket, which stands in the mail.",
  brokenTitle: "This link does not open a conversation",
  broken: "It may have been cut off in the mail, or the conversation was deleted. Open the whole link from the mail again, or write to us here.",
  goneTitle: "Open the link in your mail",
  gone: "This page shows a conversation when it is opened from the link in our mail.",
  offlineTitle: "The server does not answer",
  offline: "Your conversation is safe. Check your connection and try again.",
  write: "Write to us here",
  tryAgain: "Try again",
};
export type Words = typeof en;
const de: Words = {
  title: "Ihr Gespräch",
  here: "Es ist in der Ecke dieser Seite geöffnet. Was Sie dort schreiben, erreicht dieselben Menschen.",
  again: "Gespräch öffnen",
  opening: "Ihr Gespräch wird geöffnet",
  expiredTitle: "Dieser Link ist abgelaufen",
  expired: "Links in unseren E-Mails gelten zwei Wochen. Es ist nichts verloren: Öffnen Sie den Chat auf der Seite, auf der Sie gefragt haben, oder schreiben Sie uns hier und nennen Sie die Nummer Ihres Tickets aus der E-Mail.",
  brokenTitle: "Dieser Link öffnet kein Gespräch",
  broken: "Vielleicht wurde er in der E-Mail abgeschnitten, oder das Gespräch wurde gelöscht. Öffnen Sie den ganzen Link noch einmal, oder schreiben Sie uns hier.",
  goneTitle: "Öffnen Sie den Link in Ihrer E-Mail",
  gone: "Diese Seite zeigt ein Gespräch, wenn sie über den Link in unserer E-Mail geöffnet wird.",
  offlineTitle: "Der Server antwortet nicht",
  offline: "Ihr Gespräch ist sicher. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
  write: "Hier schreiben",
  tryAgain: "Noch einmal versuchen",
};
const es: Words = {
  title: "Su conversación",
  here: "Está abierta en la esquina de esta página. Lo que escriba allí llega a las mismas personas.",
  again: "Abrir la conversación",
  opening: "Abriendo su conversación",
  expiredTitle: "Este enlace ha caducado",
  expired: "Los enlaces de nuestros correos valen dos semanas. No se ha perdido nada: abra el chat en la página donde preguntó, o escríbanos aquí e indique el número de su caso, que figura en el correo.",
  brokenTitle: "Este enlace no abre ninguna conversación",
  broken: "Puede que se cortara en el correo o que la conversación se borrara. Abra de nuevo el enlace completo o escríbanos aquí.",
  goneTitle: "Abra el enlace de su correo",
  gone: "Esta página muestra una conversación cuando se abre desde el enlace de nuestro correo.",
  offlineTitle: "El servidor no responde",
  offline: "Su conversación está a salvo. Compruebe su conexión y vuelva a intentarlo.",
  write: "Escribir aquí",
  tryAgain: "Intentar de nuevo",
};
const fr: Words = {
  title: "Votre conversation",
  here: "Elle est ouverte dans le coin de cette page. Ce que vous y écrivez parvient aux mêmes personnes.",
  again: "Ouvrir la conversation",
  opening: "Ouverture de votre conversation",
  expiredTitle: "Ce lien a expiré",
  expired: "Les liens de nos e-mails sont valables deux semaines. Rien n’est perdu : ouvrez le chat sur la page où vous avez posé votre question, ou écrivez-nous ici en donnant le numéro de votre ticket, indiqué dans l’e-mail.",
  brokenTitle: "Ce lien n’ouvre aucune conversation",
  broken: "Il a peut-être été coupé dans l’e-mail, ou la conversation a été supprimée. Rouvrez le lien entier, ou écrivez-nous ici.",
  goneTitle: "Ouvrez le lien de votre e-mail",
  gone: "Cette page montre une conversation quand on l’ouvre depuis le lien de notre e-mail.",
  offlineTitle: "Le serveur ne répond pas",
  offline: "Votre conversation est en sécurité. Vérifiez votre connexion et réessayez.",
  write: "Nous écrire ici",
  tryAgain: "Réessayer",
};
const ALL: Record<string, Words> = { en, de, es, fr };

export const language = [navigator.language.slice(0, 2).toLowerCase()].find((code) => code in ALL) ?? "en";
export const w: Words = ALL[language]!;

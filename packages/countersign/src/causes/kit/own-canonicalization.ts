/** Why a client's own canonical request is suspected, where nothing changed on the way and the key passed elsewhere. */
export const OWN_CANONICALIZATION =
  'The request as it was sent makes exactly the text that the service calculated; requests of this log with the same key and without such a path were accepted. The client itself wrote another canonical request.'

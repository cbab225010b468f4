import type { WaybillCommand } from '#domain/waybill/decide.ts';

/** What an agent's command is called while it isn't settled. */
export const pendingWord = (command: WaybillCommand): string => {
  switch (command.type) {
    case 'CancelOrder':
      return 'Cancelling';
    case 'RequestRefund':
      return 'Refunding';
    case 'PlaceHold':
      return 'Placing hold';
    case 'ReleaseHold':
      return 'Releasing hold';
    case 'AddNote':
      return 'Adding note';
    case 'ResendConfirmation':
      return 'Sending the confirmation';
    case 'TagOrder':
      return 'Tagging';
    case 'UntagOrder':
      return 'Removing tag';
    case 'AssignOrder':
      return 'Assigning';
    case 'RequestAmendment':
      return 'Changing';
    case 'CancelLines':
      return 'Cancelling in part';
    case 'DiscardDraftOrder':
      return 'Discarding';
    case 'RequestReturn':
      return 'Asking for a return';
    case 'ApproveReturn':
      return 'Approving return';
    case 'DeclineReturn':
      return 'Declining return';
    default:
      return 'Changing';
  }
};

/** What the command is called when it did not happen: "Your refund was not sent." */
export const commandNoun = (command: WaybillCommand): string => {
  switch (command.type) {
    case 'CancelOrder':
    case 'CancelLines':
      return 'cancellation';
    case 'DiscardDraftOrder':
      return 'discarding of the draft';
    case 'RequestReturn':
      return 'return';
    case 'ApproveReturn':
      return 'approval';
    case 'DeclineReturn':
      return 'refusal of the return';
    case 'RequestRefund':
      return 'refund';
    case 'PlaceHold':
      return 'hold';
    case 'ReleaseHold':
      return 'release';
    case 'AddNote':
      return 'note';
    case 'ResendConfirmation':
      return 'request for the confirmation';
    case 'TagOrder':
    case 'UntagOrder':
      return 'tag';
    case 'AssignOrder':
      return 'assignment';
    default:
      return 'change';
  }
};

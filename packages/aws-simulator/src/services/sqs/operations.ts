// The SQS operations that are simulated.

import type { ErrorShapes } from '../../protocols/error-shapes.ts';
import type { Operations } from '../call.ts';
import { addPermission, removePermission } from './policy-statements.ts';
import { getQueueAttributes, setQueueAttributes } from './queue-attributes.ts';
import { listDeadLetterSourceQueues, listQueues } from './queue-lists.ts';
import { createQueue, deleteQueue, getQueueUrl, purgeQueue } from './queues.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './received-messages.ts';
import { receiveMessage } from './receiving.ts';
import { sendMessage, sendMessageBatch } from './sending.ts';
import { listQueueTags, tagQueue, untagQueue } from './tags.ts';

/** @param shapes the errors of the model, whose Query codes the entries of a batch answer. */
export function sqsOperations(shapes: ErrorShapes): Operations {
  return {
    AddPermission: addPermission,
    ChangeMessageVisibility: changeMessageVisibility,
    ChangeMessageVisibilityBatch: (call) => changeMessageVisibilityBatch(call, shapes),
    CreateQueue: createQueue,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: (call) => deleteMessageBatch(call, shapes),
    DeleteQueue: deleteQueue,
    GetQueueAttributes: getQueueAttributes,
    GetQueueUrl: getQueueUrl,
    ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
    ListQueueTags: listQueueTags,
    ListQueues: listQueues,
    PurgeQueue: purgeQueue,
    ReceiveMessage: receiveMessage,
    RemovePermission: removePermission,
    SendMessage: sendMessage,
    SendMessageBatch: (call) => sendMessageBatch(call, shapes),
    SetQueueAttributes: setQueueAttributes,
    TagQueue: tagQueue,
    UntagQueue: untagQueue,
  };
}

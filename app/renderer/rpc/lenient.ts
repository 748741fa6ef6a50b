/**
 * A socket as the link sees it, open until it has closed. A socket that closes drops what it is given, and its end ends every request; the
 * link would throw instead, where nobody hears it.
 */
export const lenient = (
  socket: WebSocket,
): Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'> => ({
  addEventListener: socket.addEventListener.bind(socket),
  removeEventListener: socket.removeEventListener.bind(socket),
  send: socket.send.bind(socket),
  get readyState() {
    return socket.readyState === WebSocket.CLOSING ? WebSocket.OPEN : socket.readyState;
  },
});

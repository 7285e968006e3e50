package dev.gatefold.bots;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server over UDP (RFC 1035) that answers queries for single A, AAAA and PTR records. */
final class FakeNameServer implements AutoCloseable {
    private static final int NO_ERROR = 0;
    private static final int SERVER_FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;
    private static final int HEADER_BYTES = 12;
    private static final Map<String, Integer> TYPES = Map.of("A", 1, "PTR", 12, "AAAA", 28);

    private record DnsQuestion(String name, int type) {}

    private final DatagramSocket socket;
    private final Map<DnsQuestion, List<byte[]>> records = new ConcurrentHashMap<>();
    private volatile int responseCode = NO_ERROR;
    private volatile boolean dropsQueries;

    FakeNameServer() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    void addPtrRecord(String reverseName, String name) {
        record(reverseName, "PTR", labels(name));
    }

    void addAddressRecord(String name, String type, InetAddress address) {
        record(name, type, address.getAddress());
    }

    private void record(String name, String type, byte[] data) {
        records.computeIfAbsent(new DnsQuestion(name, TYPES.get(type)), _ -> new ArrayList<>())
                .add(data);
    }

    void failQueries() {
        responseCode = SERVER_FAILURE;
    }

    void dropQueries() {
        dropsQueries = true;
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                if (!dropsQueries) {
                    byte[] response = respond(ByteBuffer.wrap(buffer, 0, packet.getLength()));
                    socket.send(new DatagramPacket(response, response.length, packet.getSocketAddress()));
                }
            } catch (IOException _) {
                // the socket was closed
            }
        }
    }

    private byte[] respond(ByteBuffer query) throws IOException {
        int id = query.getShort(0);
        query.position(HEADER_BYTES);
        StringBuilder name = new StringBuilder();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        DnsQuestion question = new DnsQuestion(name.toString(), query.getShort());
        List<byte[]> found = records.getOrDefault(question, List.of());
        boolean known = records.keySet().stream().anyMatch(it -> it.name.equals(question.name));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream answer = new DataOutputStream(bytes);
        answer.writeShort(id);
        answer.writeShort(0x8180 | (responseCode != NO_ERROR ? responseCode : known ? NO_ERROR : NO_SUCH_NAME));
        for (int count : new int[] {1, found.size(), 0, 0}) {
            answer.writeShort(count);
        }
        answer.write(labels(question.name));
        answer.writeShort(question.type);
        answer.writeShort(1);
        for (byte[] data : found) {
            answer.write(labels(question.name));
            answer.writeShort(question.type);
            answer.writeShort(1);
            answer.writeInt(60);
            answer.writeShort(data.length);
            answer.write(data);
        }
        return bytes.toByteArray();
    }

    private static byte[] labels(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (String label : name.split("\\.")) {
                bytes.write(label.length());
                bytes.write(label.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}

package dev.gatefold.access.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.gatefold.access.http.AccessBatch.AccessBatchResponse;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes batch responses as bytes. Quarkus' own writer encodes to characters first, which costs as much again. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public final class AccessBatchWriter implements ServerMessageBodyWriter<AccessBatchResponse> {
    private final ObjectWriter json;

    AccessBatchWriter(ObjectMapper json) {
        this.json = json.writerFor(AccessBatchResponse.class);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
        return type == AccessBatchResponse.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == AccessBatchResponse.class;
    }

    @Override
    public void writeResponse(AccessBatchResponse batch, Type generic, ServerRequestContext context)
            throws WebApplicationException, IOException {
        context.serverResponse().end(json.writeValueAsBytes(batch));
    }

    @Override
    public void writeTo(
            AccessBatchResponse batch,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException, WebApplicationException {
        json.writeValue(out, batch);
    }
}
